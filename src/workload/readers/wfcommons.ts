import { ScenarioError } from '../../base/errors.ts';
import type { OptionSpecs } from '../../base/options.ts';
import { fromSeconds } from '../../base/time.ts';
import { demandColumns } from './demand-columns.ts';
import { at, listAt, parseJson } from './document.ts';
import { type DocumentTools, documentReader } from './document-reader.ts';
import type { DraftStage } from './draft.ts';

const MIB = 1_048_576;

const own: OptionSpecs = {
  submit: {
    kind: 'duration',
    zero: true,
    default: '0s',
    summary: 'When the workflow is submitted; the files do not say.',
  },
};

/**
 * Reads one workflow of WfCommons: a job whose tasks are stages of one task each, in the layouts of WfFormat 1.2 to 1.5.
 *
 * @see Coleman et al., WfCommons: A framework for enabling scientific workflow research, FGCS 128, 2022
 */
export const wfcommons = documentReader({
  name: 'wfcommons',
  summary: 'WfCommons JSON (WfFormat): one workflow with the tasks, edges, run times and cores of a real execution',
  resources: ['cpus', 'mem'],
  own,
  origin: 'trace',
  looksLikeText: (head) => /^\{/.test(head) && /"workflow"\s*:\s*\{/.test(head),

  *records({ text, file, options, context, account, writer }: DocumentTools) {
    const document = parseJson(text, file);
    const { tasks, executions } = workflowTasks(document, file);
    const [cpus, mem] = demandColumns(['cpus', 'mem'], 'wfcommons', context, account);
    const name = textAt(document, 'name') ?? file;
    const framework = context.frameworks.id(frameworkName(options.frameworkBy, name, account.rules));
    const keys = new TaskNames(tasks);
    const children = new Map<string, string[]>();
    for (const task of tasks) {
      const id = idOf(task);
      for (const child of listAt(task, 'children')) {
        const key = keys.key(child);
        if (id === null || key === null) continue;
        const parents = children.get(key) ?? [];
        children.set(key, parents);
        parents.push(id);
      }
    }
    const stages: DraftStage[] = [];
    for (const task of tasks) {
      account.read++;
      const id = idOf(task);
      if (id === null) {
        writer.skip('missing: id', account.read);
        continue;
      }
      const execution = executions.get(id) ?? task;
      const cores = first(execution, ['coreCount', 'cores']);
      if (cores === undefined) writer.note('cores unknown, one taken', 1, account.read);
      const demand = new Float64Array(context.resources.length);
      if (cpus! >= 0) demand[cpus!] = cores ?? 1;
      if (mem! >= 0) demand[mem!] = memory(execution) ?? 0;
      if (mem! >= 0 && memory(execution) === undefined) writer.note('memory unknown, none taken', 1, account.read);
      const own = listAt(task, 'parents').map((parent) => keys.key(parent) ?? `missing: ${String(parent)}`);
      stages.push({
        key: id,
        parents: [...new Set([...own, ...(children.get(id) ?? [])])],
        run: fromSeconds(first(execution, ['runtimeInSeconds', 'runtime']) ?? Number.NaN),
        width: 1,
        demand,
        line: account.read,
      });
    }
    const submit = options.own.duration('submit')!;
    writer.addStages({ name, framework, submit, estimate: Number.NaN, priority: 0, constraint: 0, line: 1 }, stages);
    yield;
  },
});

interface WorkflowParts {
  readonly tasks: readonly unknown[];
  /** What was measured, by id; empty in layouts where that stands with the tasks. */
  readonly executions: ReadonlyMap<string, unknown>;
}

/** Finds the tasks; throws a ScenarioError where the document is no workflow. */
function workflowTasks(document: unknown, file: string): WorkflowParts {
  const workflow = at(document, 'workflow');
  const lists = [at(workflow, 'specification', 'tasks'), at(workflow, 'tasks'), at(workflow, 'jobs')];
  const tasks = lists.find((list) => Array.isArray(list)) as readonly unknown[] | undefined;
  if (tasks === undefined) {
    const message = 'a WfCommons workflow has a list `workflow.specification.tasks`, or before 1.5 `workflow.tasks`';
    throw new ScenarioError(message, { file });
  }
  const executions = new Map<string, unknown>();
  for (const execution of listAt(workflow, 'execution', 'tasks')) {
    const id = idOf(execution);
    if (id !== null && !executions.has(id)) executions.set(id, execution);
  }
  return { tasks, executions };
}

/** Finds tasks by what others call them: their id, or where no task has that, their name. */
class TaskNames {
  readonly #ids = new Set<string>();
  readonly #names = new Map<string, string>();

  constructor(tasks: readonly unknown[]) {
    for (const task of tasks) {
      const id = idOf(task);
      if (id === null) continue;
      this.#ids.add(id);
      const name = textAt(task, 'name');
      if (name !== null && !this.#names.has(name)) this.#names.set(name, id);
    }
  }

  /** The id of the task, or null where there is none. */
  key(called: unknown): string | null {
    const text = typeof called === 'number' ? String(called) : called;
    if (typeof text !== 'string') return null;
    return this.#ids.has(text) ? text : (this.#names.get(text) ?? null);
  }
}

/** The id of a task; its name where it has none. */
function idOf(task: unknown): string | null {
  return textAt(task, 'id') ?? textAt(task, 'name');
}

function textAt(value: unknown, key: string): string | null {
  const text = at(value, key);
  if (typeof text === 'number') return String(text);
  return typeof text === 'string' && text !== '' ? text : null;
}

/** The first of those keys that has a value; NaN where that is no number. */
function first(value: unknown, keys: readonly string[]): number | undefined {
  for (const key of keys) {
    const found = at(value, key);
    if (found === undefined || found === null) continue;
    return typeof found === 'number' ? found : Number.NaN;
  }
  return undefined;
}

/** MiB of a task: bytes, or before 1.4 kilobytes. */
function memory(task: unknown): number | undefined {
  const bytes = first(task, ['memoryInBytes']);
  if (bytes !== undefined) return bytes / MIB;
  const kilobytes = first(task, ['memory']);
  return kilobytes === undefined ? undefined : kilobytes / 1024;
}

function frameworkName(by: string, name: string, rules: DocumentTools['account']['rules']): string {
  if (by === 'workflow') return name;
  if (by !== 'user' && by !== 'none') {
    throw new ScenarioError([{ path: 'framework-by', message: `a workflow has no \`${by}\`; there is \`workflow\`` }]);
  }
  rules['framework-by'] = 'none';
  return 'all';
}
