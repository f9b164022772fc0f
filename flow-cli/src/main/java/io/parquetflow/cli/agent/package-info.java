/** {@code flow attach} and {@code flow agent}: the agent in a process that runs. */
package io.parquetflow.cli.agent;
