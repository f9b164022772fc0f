/** A Spring Boot application of the usual kind, for the integration tests. */
package io.parquetflow.it.boot;
