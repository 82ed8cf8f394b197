import { type JobId, NONE, type NodeId, type TaskId } from '../../../base/ids.ts';
import type { Time } from '../../../base/time.ts';
import type { OwnWork } from './own-work.ts';

/** Positions of maps whose data lie on one node. */
interface MapsOfNode {
  readonly positions: number[];
  /** No map before this one waits. */
  from: number;
}

/** What a Hadoop framework knows of a job: its first tasks are maps, the others reduces. */
export class HadoopJob {
  readonly submission: number;
  readonly maps: number;
  finishedMaps = 0;
  runningMaps = 0;
  runningReduces = 0;
  waitingMaps = 0;
  waitingReduces = 0;
  /** When it was first passed over for want of data, since its last start beside its data. */
  passedOverSince: Time | null = null;
  readonly #first: TaskId;
  /** By position: 1 while the task waits. */
  readonly #waits: Uint8Array;
  /** By position of the map: the nodes with its data; empty where data lie nowhere in particular. */
  readonly #data: readonly (readonly NodeId[])[];
  readonly #mapsOf = new Map<NodeId, MapsOfNode>();
  #mapFrom = 0;
  #reduceFrom: number;

  /** @param data by position of the map, the nodes with its data; empty where data lie nowhere in particular. */
  constructor(job: JobId, work: OwnWork, maps: number, data: readonly (readonly NodeId[])[]) {
    this.submission = work.submission(job);
    this.maps = maps;
    this.#first = work.firstTask(job);
    this.#waits = new Uint8Array(work.taskCount(job));
    this.#data = data;
    this.#reduceFrom = maps;
    for (let position = 0; position < this.#waits.length; position++) {
      if (work.isQueued(this.#first + position)) this.#wait(position, 1);
    }
    for (const [position, nodes] of data.entries()) {
      for (const node of nodes) {
        const here = this.#mapsOf.get(node);
        if (here === undefined) this.#mapsOf.set(node, { positions: [position], from: 0 });
        else here.positions.push(position);
      }
    }
  }

  isMap(task: TaskId): boolean {
    return task - this.#first < this.maps;
  }

  hasDataOn(map: TaskId, node: NodeId): boolean {
    return this.#data[map - this.#first]?.includes(node) ?? false;
  }

  /** The first map that waits, or -1. */
  nextMap(): TaskId {
    while (this.#mapFrom < this.maps && this.#waits[this.#mapFrom] === 0) this.#mapFrom++;
    return this.#mapFrom < this.maps ? this.#first + this.#mapFrom : NONE;
  }

  /** The first map that waits and has its data on the node, or -1. */
  nextMapOf(node: NodeId): TaskId {
    const here = this.#mapsOf.get(node);
    if (here === undefined) return NONE;
    const { positions } = here;
    while (here.from < positions.length && this.#waits[positions[here.from]!] === 0) here.from++;
    return here.from < positions.length ? this.#first + positions[here.from]! : NONE;
  }

  /** The first reduce that waits, or -1. */
  nextReduce(): TaskId {
    const tasks = this.#waits.length;
    while (this.#reduceFrom < tasks && this.#waits[this.#reduceFrom] === 0) this.#reduceFrom++;
    return this.#reduceFrom < tasks ? this.#first + this.#reduceFrom : NONE;
  }

  start(task: TaskId): void {
    this.#wait(task - this.#first, 0);
    this.#run(task, 1);
  }

  finish(task: TaskId): void {
    this.#run(task, -1);
    if (this.isMap(task)) this.finishedMaps++;
  }

  /** Has a task that was running wait again. */
  requeue(task: TaskId): void {
    const position = task - this.#first;
    this.#run(task, -1);
    this.#queue(position);
  }

  /** Has tasks wait that were no tasks to start before; those of which it knows already stay as they are. */
  ready(first: TaskId, count: number, work: OwnWork): void {
    for (let task = first; task < first + count; task++) {
      const position = task - this.#first;
      if (this.#waits[position] === 0 && work.isQueued(task)) this.#queue(position);
    }
  }

  #queue(position: number): void {
    this.#wait(position, 1);
    if (position >= this.maps) {
      this.#reduceFrom = Math.min(this.#reduceFrom, position);
      return;
    }
    this.#mapFrom = Math.min(this.#mapFrom, position);
    for (const node of this.#data[position] ?? []) this.#mapsOf.get(node)!.from = 0;
  }

  #wait(position: number, waits: 0 | 1): void {
    this.#waits[position] = waits;
    const change = waits === 1 ? 1 : -1;
    if (position < this.maps) this.waitingMaps += change;
    else this.waitingReduces += change;
  }

  #run(task: TaskId, change: number): void {
    if (this.isMap(task)) this.runningMaps += change;
    else this.runningReduces += change;
  }
}
