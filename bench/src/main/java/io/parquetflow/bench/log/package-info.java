/** Log events: our appenders beside the ones that people use, in processes of their own. */
package io.parquetflow.bench.log;
