/**
 * The Java agent: what a running process receives, captured without touching its code. The application's class loaders see
 * {@link io.parquetflow.agent.launch} only; all else is loaded apart.
 */
package io.parquetflow.agent;
