/** What every subcommand stands on: output, terminal, tables, the one-line errors and the exit codes. */
package io.parquetflow.cli.shell;
