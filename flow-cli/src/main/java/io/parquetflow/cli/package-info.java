/** The {@code flow} command: its main class; each family of subcommands has a package of its own. */
package io.parquetflow.cli;
