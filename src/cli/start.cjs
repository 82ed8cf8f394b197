#!/usr/bin/env node
// @ts-check
'use strict';
/** Starts the command line. */
const { loadCompiled } = require('./load-compiled.cjs');

void loadCompiled().main(process.argv.slice(2));
