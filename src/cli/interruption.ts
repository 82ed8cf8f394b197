/** The user has stopped a run of which there is nothing yet to tell; exit code 130. */
export class Interruption extends Error {
  override readonly name = 'Interruption';

  constructor() {
    super('interrupted before the first job was submitted: there is no result');
  }
}
