import { describe, expect, it } from 'vitest';
import { readRedisAddress } from '../../../src/platform/redis-address.ts';

describe('the address of a Redis', () => {
  it('has a port and a database of its own, or the usual ones', () => {
    expect(readRedisAddress('redis://head')).toEqual({
      ...{ name: 'redis://head:6379', host: 'head', port: 6379, db: 0, tls: false },
    });
    expect(readRedisAddress('redis://head:7000/3')).toMatchObject({ name: 'redis://head:7000/3', port: 7000, db: 3 });
    expect(readRedisAddress('redis://[::1]:7000')).toMatchObject({ name: 'redis://[::1]:7000', host: '::1' });
  });

  it('has a user and a password that its name does not tell', () => {
    expect(readRedisAddress('rediss://me:p%40ss@head')).toEqual({
      ...{ name: 'rediss://head:6379', host: 'head', port: 6379, db: 0, tls: true },
      ...{ username: 'me', password: 'p@ss' },
    });
  });

  it.each(['head:6379', 'http://head', 'redis://', 'redis://head/name', 'redis://head?db=1'])('is not %s', (text) => {
    expect(() => readRedisAddress(text)).toThrow('no address of a Redis');
  });

  it('shows no password where it is refused', () => {
    expect(() => readRedisAddress('redis://me:secret@head/name')).toThrow('got redis://…@head/name');
  });
});
