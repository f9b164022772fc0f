/** Start, stop, status: what the agent does when it is told to. */
package io.parquetflow.agent.control;
