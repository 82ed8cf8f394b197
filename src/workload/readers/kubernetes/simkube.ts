import { ScenarioError } from '../../../base/errors.ts';
import { fromSeconds, type Time } from '../../../base/time.ts';
import { at, isObject, type JsonObject, listAt, parseJson } from '../document.ts';
import { type DocumentTools, documentReader } from '../document-reader.ts';
import { deadline, givenRunTime, type PodDraft, PodDrafts, runTime, runTimeOption } from './pod-drafts.ts';
import { type PodSet, podSet } from './pod-set.ts';

/** Pods that one object may have: each is a job of its own. */
const MOST_PODS = 100_000;

/** What an object of the trace has running. */
interface Owner {
  /** By which pods are told from those of an earlier version. */
  readonly version: string;
  readonly pods: PodSet;
  readonly draft: PodDraft;
  /** The oldest first: when each pod was made, and what it is called. */
  readonly alive: { readonly since: Time; readonly name: string }[];
}

/**
 * Reads the traces of SimKube: what was applied to a cluster and deleted from it, and when.
 *
 * A record is a pod. Objects that are applied again are scaled, the youngest pods going first, or, where their pods have
 * changed, all made anew.
 *
 * @see https://github.com/acrlabs/simkube
 */
export const simkube = documentReader({
  name: 'simkube',
  summary: 'SimKube traces as JSON: what was applied to a Kubernetes cluster and deleted from it',
  as: 'tasks',
  canBe: ['tasks', 'gang'],
  resources: ['cpus', 'mem', 'gpus', 'disk'],
  own: {
    'run-time': runTimeOption(
      'How long pods run whose end is not in the trace, such as 10m; with none, until the trace ends.',
    ),
  },
  looksLikeText: (head) => /^\{/.test(head) && /"(?:applied_objs|trackedObjects|deleted_objs)"\s*:/.test(head),

  *records(tools) {
    const { text, file, account, options } = tools;
    const events = listAt(parseJson(text, file), 'events');
    if (events.length === 0) throw new ScenarioError('a SimKube trace has a list `events`', { file });
    account.rules['run-time'] = options.own.text('run-time');
    const otherwise = givenRunTime(options.own.text('run-time'));
    account.rules['no-end'] = Number.isNaN(otherwise) ? 'runs until the trace ends' : options.own.text('run-time');
    const replay = new Scaling(tools, otherwise);
    for (const event of events) {
      const ts = at(event, 'ts');
      const time = typeof ts === 'number' ? fromSeconds(ts) : Number.NaN;
      for (const object of listAt(event, 'applied_objs')) {
        yield* replay.apply(object, time);
      }
      for (const object of listAt(event, 'deleted_objs')) {
        yield* replay.remove(object, time);
      }
    }
    const ends = events.map((event) => at(event, 'ts')).filter((ts) => typeof ts === 'number');
    yield* replay.finish(fromSeconds(ends.reduce((latest, ts) => Math.max(latest, ts), Number.NEGATIVE_INFINITY)));
  },
});

/** Follows the objects of a trace, and writes each pod when it is gone. */
class Scaling {
  readonly #tools: DocumentTools;
  readonly #drafts: PodDrafts;
  readonly #otherwise: Time;
  readonly #owners = new Map<string, Owner>();
  readonly #made = new Map<string, number>();

  /** @param otherwise how long pods run that nobody ends; NaN for as long as the trace. */
  constructor(tools: DocumentTools, otherwise: Time) {
    this.#tools = tools;
    this.#drafts = new PodDrafts(tools, 'simkube');
    this.#otherwise = otherwise;
  }

  *apply(object: unknown, time: Time): Iterable<void> {
    const pods = isObject(object) ? podSet(object) : 'not an object';
    if (pods === 'no replicas') {
      yield* this.remove(object, time);
      return;
    }
    const draft = typeof pods === 'string' ? pods : (refusal(pods, time) ?? this.#drafts.draft(pods));
    if (typeof pods === 'string' || typeof draft === 'string') {
      this.#tools.account.read++;
      this.#tools.writer.skip(draft as string);
      yield;
      return;
    }
    const key = keyOf(pods.object);
    const version = JSON.stringify(pods.spec);
    const before = this.#owners.get(key);
    if (before !== undefined && before.version !== version) yield* this.#end(before, before.alive.length, time);
    const alive = before?.alive ?? [];
    const owner = { version, pods, draft, alive };
    this.#owners.set(key, owner);
    yield* this.#end(owner, alive.length - pods.completions, time);
    while (alive.length < pods.completions) {
      const number = this.#made.get(key) ?? 0;
      this.#made.set(key, number + 1);
      alive.push({ since: time, name: `${pods.name}-${number}` });
    }
  }

  *remove(object: unknown, time: Time): Iterable<void> {
    const key = isObject(object) ? keyOf(object) : '';
    const owner = this.#owners.get(key);
    if (owner === undefined) return;
    yield* this.#end(owner, owner.alive.length, time);
    this.#owners.delete(key);
  }

  /** Ends what still runs. */
  *finish(time: Time): Iterable<void> {
    for (const owner of this.#owners.values()) {
      while (owner.alive.length > 0) {
        const { since, name } = owner.alive.pop()!;
        this.#write(owner, name, since, Number.isNaN(this.#otherwise) ? time - since : this.#otherwise);
        yield;
      }
    }
  }

  *#end({ alive, ...owner }: Owner, count: number, time: Time): Iterable<void> {
    for (let i = 0; i < count; i++) {
      const { since, name } = alive.pop()!;
      this.#write(owner, name, since, time - since);
      yield;
    }
  }

  #write({ pods, draft: { demand, ...traits } }: Omit<Owner, 'alive'>, name: string, submit: Time, run: Time): void {
    const own = runTime(pods);
    this.#tools.account.read++;
    this.#tools.writer.add(
      { name, submit, estimate: deadline(pods), line: 0, ...traits },
      { run: own < run ? own : run, width: 1, demand },
    );
  }
}

function refusal({ completions }: PodSet, time: Time): string | null {
  if (Number.isNaN(time)) return 'unknown submit';
  return completions > MOST_PODS ? 'too many tasks' : null;
}

function keyOf(object: JsonObject): string {
  return JSON.stringify([at(object, 'kind'), at(object, 'metadata', 'namespace'), at(object, 'metadata', 'name')]);
}
