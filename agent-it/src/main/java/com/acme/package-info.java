/** Somebody's own code, of which user pointcuts capture arguments. */
package com.acme;
