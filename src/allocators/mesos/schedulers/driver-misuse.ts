/** A framework told its driver something that cannot be. */
export class DriverMisuse extends Error {}
