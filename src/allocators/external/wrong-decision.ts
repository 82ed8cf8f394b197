/** What a party has decided cannot be done; the message says why. */
export class WrongDecision extends Error {
  override readonly name = 'WrongDecision';
}
