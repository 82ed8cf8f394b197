import type { Time } from '../../../base/time.ts';
import { at, type JsonObject, listAt } from '../document.ts';
import { documentReader } from '../document-reader.ts';
import type { DraftStage } from '../draft.ts';
import { looksLikeManifests, type Manifest, readManifests } from './manifests.ts';
import { deadline, givenRunTime, PodDrafts, runTime, runTimeOption } from './pod-drafts.ts';
import { makesPods, type PodSet, podSet } from './pod-set.ts';
import { durationTime, stampTime } from './times.ts';

/** The annotation that tells when an object is submitted. */
const SUBMIT = 'allot/submit';

/**
 * Reads manifests of Kubernetes, as YAML or JSON: pods, and what makes pods.
 *
 * An object is a job of as many tasks as it has pods. What another object of the list owns is left out, so that the answer of
 * a cluster that names a deployment, its replica sets and their pods counts them once.
 */
export const kubernetes = documentReader({
  name: 'kubernetes',
  summary: 'Kubernetes manifests as YAML or JSON: pods, deployments, jobs and their kin',
  as: 'tasks',
  canBe: ['tasks', 'gang'],
  resources: ['cpus', 'mem', 'gpus', 'disk'],
  own: {
    'run-time': runTimeOption(
      'How long pods run whose manifest does not say, such as 10m; with none they are left out.',
    ),
  },
  looksLikeText: looksLikeManifests,

  *records(tools) {
    const { text, file, account, writer, options } = tools;
    const manifests = readManifests(text, file);
    const drafts = new PodDrafts(
      tools,
      'kubernetes',
      manifests.map(({ object }) => object),
    );
    const otherwise = givenRunTime(options.own.text('run-time'));
    account.rules['run-time'] = options.own.text('run-time');
    const owners = ownersIn(manifests);
    const created = manifests.map(({ object }) => stampTime(at(object, 'metadata', 'creationTimestamp')));
    let first = Number.POSITIVE_INFINITY;
    for (const time of created) if (time < first) first = time;
    for (const [i, { object, line }] of manifests.entries()) {
      account.read++;
      const reason = take(object, line, created[i]! - first);
      if (reason !== null) writer.skip(reason, line);
      yield;
    }

    function take(object: JsonObject, line: number, age: Time): string | null {
      if (isOwned(object, owners)) return 'owned by another object of the list';
      const pods = podSet(object);
      if (typeof pods === 'string') return pods;
      const said = at(pods.annotations, SUBMIT);
      const submit = said === undefined ? (Number.isNaN(age) ? 0 : age) : durationTime(said);
      const own = runTime(pods);
      const run = Number.isNaN(own) ? otherwise : own;
      const draft = drafts.draft(pods);
      if (typeof draft === 'string') return draft;
      const { demand, ...traits } = draft;
      const job = { name: pods.name, submit, estimate: deadline(pods), line, ...traits };
      if (pods.completions === pods.width) writer.add(job, { run, width: pods.width, demand });
      else if (Number.isNaN(run)) return 'unknown run time';
      else writer.addStages({ ...job, records: 1 }, places(pods, run, demand));
      return null;
    }
  },
});

/** The pods of a job with more completions than places: in each place one after the other. */
function places({ width, completions }: PodSet, run: Time, demand: Float64Array): DraftStage[] {
  return Array.from({ length: completions }, (_, i) => ({
    key: i,
    parents: i < width ? [] : [i - width],
    run,
    width: 1,
    demand,
    records: 0,
  }));
}

/** The objects of a list that make pods, as their own objects name them. */
function ownersIn(manifests: readonly Manifest[]): ReadonlySet<string> {
  return new Set(
    manifests
      .filter(({ object }) => makesPods(at(object, 'kind')))
      .map(({ object }) => keyOf(object, at(object, 'kind'), at(object, 'metadata', 'name'))),
  );
}

function isOwned(object: JsonObject, owners: ReadonlySet<string>): boolean {
  return listAt(object, 'metadata', 'ownerReferences').some(
    (owner) => at(owner, 'controller') === true && owners.has(keyOf(object, at(owner, 'kind'), at(owner, 'name'))),
  );
}

/** An owner is in the namespace of what it owns. */
function keyOf(object: JsonObject, kind: unknown, name: unknown): string {
  return JSON.stringify([at(object, 'metadata', 'namespace') ?? 'default', kind, name]);
}
