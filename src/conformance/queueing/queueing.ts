import { type CaseForm, openCases } from '../case-form.ts';
export const queueing: CaseForm = { base: 'queueing', open: (document) => openCases(document, 'cases', () => {}) };
