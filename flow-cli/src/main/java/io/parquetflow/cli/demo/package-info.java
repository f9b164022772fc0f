/** {@code flow demo}: a feed, a receiver and three questions, without any file of ours; or a receiver that the agent captures. */
package io.parquetflow.cli.demo;
