import { DARK, LIGHT } from '../palette.ts';

const light = `--ground:#fff;--raised:#f5f6f7;--text:#1c1f23;--quiet:#555b63;--line:#c9ced4;--accent:#005a8f;--good:#006b47;--bad:#a83200;--plot:#ffffff;${seriesOf(LIGHT)}color-scheme:light;`;
const dark = `--ground:#14171a;--raised:#1e2328;--text:#e8eaed;--quiet:#a9b1ba;--line:#424a53;--accent:#79c0ff;--good:#4fd6a4;--bad:#ff9b6a;--plot:#14171a;${seriesOf(DARK)}color-scheme:dark;`;

function seriesOf(colours: readonly string[]): string {
  return colours.map((colour, i) => `--series-${i}:${colour};`).join('');
}

/** The style sheet of a report, apart from that of uPlot. */
export const STYLE = `
:root{${light}}
@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){${dark}}}
@media screen{:root[data-theme=dark]{${dark}}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif}
header,main,footer{max-width:84rem;margin:0 auto;padding:0 1.25rem}
header{display:flex;flex-wrap:wrap;align-items:baseline;gap:.25rem 1.5rem;padding-top:1.25rem}
h1{font-size:1.6rem;line-height:1.2;margin:.5rem 0}
h2{font-size:1.25rem;margin:2.5rem 0 .5rem;border-bottom:1px solid var(--line);padding-bottom:.25rem}
h3{font-size:1rem;margin:1rem 0 .25rem}
p{margin:.4rem 0;max-width:48rem}
a{color:var(--accent)}
nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1rem;list-style:none;margin:.5rem 0;padding:0}
.digest,figcaption,.quiet{overflow-wrap:anywhere}
.skip{position:absolute;left:-999rem}
.skip:focus{left:1rem;top:.5rem;background:var(--ground);padding:.5rem;z-index:9}
.quiet,figcaption{color:var(--quiet);font-size:.9rem}
.good{color:var(--good);font-weight:600}
.bad,.warning{color:var(--bad);font-weight:600}
.spread{flex:1}
button{font:inherit;font-size:.9rem;color:var(--text);background:var(--raised);border:1px solid var(--line);border-radius:.35rem;padding:.2rem .7rem;cursor:pointer}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.scroll{overflow-x:auto;max-width:100%;margin:.5rem 0}
table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--quiet);font-size:.85rem;padding-bottom:.25rem}
th,td{text-align:left;padding:.2rem .9rem .2rem 0;vertical-align:top;border-bottom:1px solid var(--line)}
thead th{color:var(--quiet);font-weight:600;white-space:nowrap;vertical-align:bottom}
tbody th{font-weight:500}
.number{text-align:right;white-space:nowrap}
pre{background:var(--raised);border:1px solid var(--line);border-radius:.35rem;padding:.5rem .75rem;overflow-x:auto;font-size:.85rem;margin:.4rem 0}
details{margin:.5rem 0}
summary{cursor:pointer;color:var(--accent);font-size:.9rem}
figure{margin:0 0 1.25rem}
figcaption{max-width:48rem;margin:.25rem 0}
.panels{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,28rem),1fr));gap:1rem}
.panels.wide{grid-template-columns:1fr}
.panel{min-width:0}
.chart{min-height:15rem}
.key{display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;list-style:none;padding:0;margin:.3rem 0;font-size:.85rem}
.key svg{vertical-align:-.15em;margin-right:.4rem}
.drawing svg{max-width:100%;height:auto;color:var(--text)}
.gantt canvas{display:block;width:100%;height:26rem;touch-action:pan-y;cursor:crosshair}
.tools{display:flex;flex-wrap:wrap;gap:.4rem;margin:.4rem 0}
.pointed{min-height:1.5em;font-size:.9rem;margin:.25rem 0}
footer{padding-bottom:3rem}
.u-legend{font-size:.85rem;text-align:left;margin:0}
.u-legend th,.u-legend td{border:0}
.u-cursor-x,.u-cursor-y{border-color:var(--quiet)!important}
@media print{
 :root{font-size:10.5px}
 body{font-size:1rem}
 nav,.tools,.skip,button,.pointed,.u-legend{display:none}
 header,main,footer{max-width:none;padding:0}
 h2{break-after:avoid}
 figure,.panel,tr{break-inside:avoid}
 .scroll{overflow:visible}
 pre{white-space:pre-wrap;word-break:break-all}
 .gantt canvas{height:18rem}
}
`;
