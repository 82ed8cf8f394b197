import { ScenarioError } from '../base/errors.ts';

/** Where a Redis answers. */
export interface RedisAddress {
  /** As messages call it: without user and password. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Number of the database. */
  readonly db: number;
  readonly username?: string;
  readonly password?: string;
  readonly tls: boolean;
}

const PORT = 6379;

/**
 * Reads `redis://[user:password@]host[:port][/db]`, or `rediss://` for TLS.
 *
 * @throws ScenarioError if it is none.
 */
export function readRedisAddress(text: string): RedisAddress {
  const url = URL.canParse(text) ? new URL(text) : null;
  const db = url?.pathname.replace(/^\//, '') ?? '';
  const isRedis = url !== null && ['redis:', 'rediss:'].includes(url.protocol) && url.hostname !== '';
  if (!isRedis || !/^\d{0,4}$/.test(db) || url.search !== '' || url.hash !== '') {
    throw new ScenarioError(`no address of a Redis: expected one such as redis://localhost:6379, got ${shown(text)}`);
  }
  const port = url.port === '' ? PORT : Number(url.port);
  return {
    name: `${url.protocol}//${url.hostname}:${port}${db === '' ? '' : `/${db}`}`,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    db: Number(db),
    ...(url.username !== '' && { username: decodeURIComponent(url.username) }),
    ...(url.password !== '' && { password: decodeURIComponent(url.password) }),
    tls: url.protocol === 'rediss:',
  };
}

/** What may be a password is not shown. */
function shown(text: string): string {
  return text.replace(/\/\/.*@/, '//…@');
}
