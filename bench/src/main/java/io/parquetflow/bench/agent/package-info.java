/** What the agent costs a process: its start, its memory, its datagrams. */
package io.parquetflow.bench.agent;
