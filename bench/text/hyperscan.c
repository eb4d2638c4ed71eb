/*
 * The peer of the literal scan: Hyperscan (Debian libhyperscan-dev) over the same terms and texts, every overlapping hit
 * reported. Reads two files of records (32-bit length, then UTF-8 bytes): terms, texts. Compiles once; then for every line
 * on standard input scans all texts and prints: seconds of processor, hits. So the caller can interleave its own runs.
 * cc -O3 hyperscan.c -lhs -o hyperscan
 */
#include <hs/hs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct records { unsigned count; char **data; size_t *length; };

static struct records read_records(const char *file) {
  struct records r = {0, NULL, NULL};
  unsigned room = 0, length;
  FILE *f = fopen(file, "rb");
  if (!f) { perror(file); exit(2); }
  while (fread(&length, 4, 1, f) == 1) {
    if (r.count == room) {
      room = room ? room * 2 : 1024;
      r.data = realloc(r.data, room * sizeof *r.data);
      r.length = realloc(r.length, room * sizeof *r.length);
    }
    r.data[r.count] = malloc(length + 1);
    if (fread(r.data[r.count], 1, length, f) != length) exit(2);
    r.length[r.count++] = length;
  }
  fclose(f);
  return r;
}
static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}
/* As much as a caller needs: which term, where. */
static unsigned found[1 << 20][2];
static unsigned hits;
static int on_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *context) {
  (void)from; (void)flags; (void)context;
  if (hits < 1 << 20) { found[hits][0] = id; found[hits][1] = (unsigned)to; }
  hits++;
  return 0;
}
int main(int argc, char **argv) {
  if (argc != 3) return 2;
  struct records terms = read_records(argv[1]), texts = read_records(argv[2]);
  unsigned *ids = malloc(terms.count * sizeof *ids), *flags = calloc(terms.count, sizeof *flags);
  for (unsigned i = 0; i < terms.count; i++) ids[i] = i;
  hs_database_t *db; hs_compile_error_t *error; hs_scratch_t *scratch = NULL;
  double begin = seconds();
  if (hs_compile_lit_multi((const char *const *)terms.data, flags, ids, terms.length, terms.count, HS_MODE_BLOCK, NULL, &db, &error) != HS_SUCCESS) {
    fprintf(stderr, "%s\n", error->message);
    return 1;
  }
  if (hs_alloc_scratch(db, &scratch) != HS_SUCCESS) return 1;
  printf("compiled %.3f\n", seconds() - begin);
  fflush(stdout);
  char line[16];
  while (fgets(line, sizeof line, stdin)) {
    unsigned long long total = 0;
    begin = seconds();
    for (unsigned i = 0; i < texts.count; i++) {
      hits = 0;
      hs_scan(db, texts.data[i], (unsigned)texts.length[i], 0, scratch, on_match, NULL);
      total += hits;
    }
    printf("%.6f %llu\n", seconds() - begin, total);
    fflush(stdout);
  }
  return 0;
}
