/** Puts calls into the application's classes, and takes them out again. */
package io.parquetflow.agent.weave;
