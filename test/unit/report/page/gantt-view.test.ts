import { describe, expect, it } from 'vitest';
import { roundStep } from '../../../../src/report/page/gantt-axes.ts';
import { GanttView } from '../../../../src/report/page/gantt-view.ts';

const WHOLE = { left: 10, right: 110, top: 0, bottom: 4 };

describe('the part of a Gantt chart that is shown', () => {
  it('keeps the point under the mouse where it is while zooming', () => {
    const view = new GanttView(WHOLE);
    view.zoomTime(0.5, 0.25);
    // The point at a quarter of the width was 35, and is again.
    expect(view.now).toEqual({ left: 22.5, right: 72.5, top: 0, bottom: 4 });
    view.zoomHeight(0.25, 1);
    expect(view.now).toMatchObject({ top: 3, bottom: 4 });
  });

  it('never leaves the whole', () => {
    const view = new GanttView(WHOLE);
    view.zoomTime(0.5);
    view.move(-9, -9);
    expect(view.now).toEqual({ left: 10, right: 60, top: 0, bottom: 4 });
    view.move(9, 9);
    expect(view.now).toEqual({ left: 60, right: 110, top: 0, bottom: 4 });
    view.zoomTime(100);
    expect(view.now).toEqual(WHOLE);
    view.zoomTime(0.5);
    view.reset();
    expect(view.now).toEqual(WHOLE);
  });
});

it('ticks stand 1, 2 or 5 times a power of ten apart', () => {
  expect([0.03, 1, 1.2, 3, 7, 130].map(roundStep)).toEqual([0.05, 1, 2, 5, 10, 200]);
});
