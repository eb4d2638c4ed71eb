/** Writes what ran to the file `HUIYIN_TEST_REPORT` names: counts, and each skip with the reason its test gave. */
import { writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

interface Skip {
  readonly name: string;
  readonly file: string;
  readonly reason: string;
}

export default class CountingReporter implements Reporter {
  private passed = 0;
  private failed = 0;
  private readonly skipped: Skip[] = [];

  onTestCaseResult(test: TestCase): void {
    const result = test.result();
    if (result.state === 'passed') this.passed++;
    else if (result.state === 'failed') this.failed++;
    else if (result.state === 'skipped') {
      const reason = result.note ?? 'no reason given';
      this.skipped.push({ name: test.fullName, file: test.module.relativeModuleId, reason });
    }
  }

  onTestModuleEnd(module: TestModule): void {
    // A file that cannot be read or set up has no test to blame: it counts as one failure.
    if (module.errors().length > 0) this.failed++;
  }

  onTestRunEnd(_modules: unknown, errors: readonly unknown[]): void {
    const file = process.env['HUIYIN_TEST_REPORT'];
    if (file === undefined) return;
    writeFileSync(
      file,
      JSON.stringify({ passed: this.passed, failed: this.failed + errors.length, skipped: this.skipped }),
    );
  }
}
