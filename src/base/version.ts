/** Version of the program; a test holds it against package.json. */
export const VERSION = '0.1.0';

/** Version of what a digest covers and how; it moves when equal schedules would get other digests. */
export const DIGEST_FORMAT = 1;
