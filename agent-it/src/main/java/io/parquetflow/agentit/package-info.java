/** Ordinary applications: none of them knows of the agent. Each counts for itself and prints what it counted. */
package io.parquetflow.agentit;
