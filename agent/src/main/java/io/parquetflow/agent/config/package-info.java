/** What is to be captured, and how. */
package io.parquetflow.agent.config;
