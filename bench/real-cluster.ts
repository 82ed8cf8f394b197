/**
 * Prints what 32 nodes of Grid'5000 made of seven workloads under OAR, beside what the simulator makes of them: the tables
 * of docs/validation.md.
 *
 *     node --import tsx bench/real-cluster.ts
 */
import { comparedRuns, realClusterTables } from '../test/support/real-cluster-table.ts';

const { waits, makespans } = realClusterTables(await comparedRuns());
console.log(`Mean wait, s\n\n${waits}\n\nMakespan, s\n\n${makespans}`);
