// @ts-check
'use strict';
/** What threads are started on: carries out one run after the other. */
const { loadCompiled } = require('./load-compiled.cjs');

module.exports = loadCompiled().answer;
