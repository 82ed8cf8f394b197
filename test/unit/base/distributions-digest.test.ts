import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { DISTRIBUTIONS, parseDistribution } from '../../../src/base/distributions.ts';
import { openStream } from '../../../src/base/random.ts';

/** SHA-256 of the first 1000 draws as little-endian doubles: the same in every version of Node. */
const DIGESTS: readonly [spec: object, digest: string][] = [
  [{ constant: 60 }, '67320452a182a3d62268b8b149f1c18728c38c202d192ea210c6e443e636263b'],
  [{ exponential: { mean: 60 } }, '868d87ef7151410148de468bfb99dbc23ac8aa05162853f9cacefc85d113aeaf'],
  [{ uniform: { min: 10, max: 60 } }, '7f181a6b88cd1bc1ae967f56728c73b44f8afa8f6fdbcaa270970bc74637a465'],
  [{ normal: { mean: 60, sd: 60 } }, '19e2b5c4b584e760032300918d93afb2cf4dfbf0d48d4d967297a4c8b697f5c4'],
  [{ lognormal: { mean: 60, cv: 2 } }, '41ac8b6333cafe8ccc5aa5a86f2ef3b457b3b6d4e58af6536f6f21d1a1408ae6'],
  [{ gamma: { mean: 60, cv: 2 } }, 'eeaad79ce4d3d23a96c48ab1aab52ac8c3231bf6a426688e7fb4fa26ca62d371'],
  [{ gamma: { shape: 2.2, scale: 30 } }, '737758b861c9f84e9e2418ecbb7b779c6d75071b234824975e52173222b71e03'],
  [{ weibull: { shape: 0.7, scale: 60 } }, '29f8238690e1eac0a0507ae76bc0066e9fbc17f6ef58a2e460201c541999842a'],
  [{ pareto: { shape: 1.3, min: 10 } }, '2972348d58783ab56b7a87cf19bc6640517a66288427a4a09efe5183f8d02f59'],
  [{ pareto: { shape: 1.3, min: 10, max: 600 } }, '0eefa0d6be737ec75db585789410d667ba01452425fe0c2510f67838b75d5827'],
  [
    { hyperexponential: { probabilities: [0.7, 0.2, 0.1], means: [10, 60, 600] } },
    'e808fc20eb2757475cb7f781b304c5d34bcdc64ad6a6180be2949d1ec812fc0b',
  ],
  [{ hyperexponential: { mean: 60, cv: 2 } }, '6570cf0c8b34ecff7a50f13bb08ba3090ad4494a728cc7ef58e30fd7b1a52c89'],
  [
    { empirical: { values: [10, 60, 600], weights: [7, 2, 1] } },
    'b9ef0c6ed9aa1fb76fbaa8cdbdcebad23b56ee583d2a4f422eeb74b55c23761a',
  ],
  [
    { empirical: { values: [10, 60, 600], weights: [7, 2, 1], interpolate: true } },
    'afceb082ad195bcd068c656ff0058ab9b81519d3ca14505734a169a5799359e7',
  ],
];

it.each(DIGESTS)('%j draws the same doubles as ever', (spec, digest) => {
  const outcome = parseDistribution(spec, Number);
  if ('problems' in outcome) throw new Error(JSON.stringify(outcome.problems));
  const random = openStream('1', 'digest');
  const bytes = new DataView(new ArrayBuffer(8 * 1000));
  for (let i = 0; i < 1000; i++) bytes.setFloat64(8 * i, outcome.distribution.draw(random), true);

  expect(createHash('sha256').update(bytes).digest('hex')).toBe(digest);
});

it('every distribution is pinned', () => {
  const pinned = new Set(DIGESTS.flatMap(([spec]) => Object.keys(spec)));
  expect([...pinned].sort()).toEqual(DISTRIBUTIONS.map(({ name }) => name).sort());
});
