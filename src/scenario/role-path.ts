/** Says whether `path` names a role: parts joined by `/`, none of them empty or made of dots alone. */
export function isRolePath(path: string): boolean {
  return path.split('/').every((part) => !/^\.*$/.test(part) && !/\p{Cc}/u.test(part));
}

/** Gives the roles above `path`, the nearest first: `a/b` and `a` for `a/b/c`. */
export function ancestors(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, below) => parts.slice(0, parts.length - 1 - below).join('/'));
}
