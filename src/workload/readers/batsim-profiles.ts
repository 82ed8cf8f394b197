import { at, type JsonObject } from './document.ts';

/** Types of profiles that run others one after the other; the name has changed with the versions of Batsim. */
const SEQUENCES = new Set(['composed', 'sequence', 'sequential', 'sequential_composition']);

/**
 * Gives how many seconds a profile runs, by its name, or the reason why that cannot be said.
 *
 * A sequence takes the sum of its parts, as often as it is repeated.
 */
export function runTimes(profiles: JsonObject): (name: string) => number | string {
  const known = new Map<string, number | string>();

  return (name) => {
    // A sequence may be as deep as the document is long, so that the way down is a list.
    const way: { readonly name: string; readonly parts: readonly string[]; next: number }[] = [];
    const inside = new Set<string>();
    enter(name);
    while (way.length > 0) {
      const top = way.at(-1)!;
      while (top.next < top.parts.length && known.has(top.parts[top.next]!)) top.next++;
      if (top.next < top.parts.length) {
        enter(top.parts[top.next]!);
        continue;
      }
      way.pop();
      inside.delete(top.name);
      if (!known.has(top.name)) known.set(top.name, sequence(top.name, top.parts));
    }
    return known.get(name)!;

    function enter(profile: string): void {
      if (known.has(profile)) return;
      if (inside.has(profile)) {
        known.set(profile, 'profile inside itself');
        return;
      }
      const parts = partsOf(profile);
      if (typeof parts !== 'object') {
        known.set(profile, parts);
        return;
      }
      inside.add(profile);
      way.push({ name: profile, parts, next: 0 });
    }
  };

  /** The names of the parts of a sequence, or what is known of it at once. */
  function partsOf(name: string): readonly string[] | number | string {
    const type = at(profiles, name, 'type');
    if (!Object.hasOwn(profiles, name)) return 'unknown profile';
    if (type === 'delay') {
      const delay = at(profiles, name, 'delay');
      return typeof delay === 'number' ? delay : 'unknown run time';
    }
    if (typeof type !== 'string') return 'profile without type';
    if (!SEQUENCES.has(type)) return `profile type ${type}`;
    const parts = at(profiles, name, 'seq');
    return Array.isArray(parts) ? parts.map(String) : 'missing: seq';
  }

  function sequence(name: string, parts: readonly string[]): number | string {
    const repeat = at(profiles, name, 'repeat') ?? at(profiles, name, 'nb') ?? 1;
    if (typeof repeat !== 'number' || !(repeat >= 0)) return 'not a number: repeat';
    let sum = 0;
    for (const part of parts) {
      const run = known.get(part)!;
      if (typeof run === 'string') return run;
      sum += run;
    }
    return sum * repeat;
  }
}
