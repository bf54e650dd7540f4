// Drives the page that `themata pack` writes in a real browser, as a coder would.
//
//     node pack.mjs chrome|firefox EXECUTABLE FOLDER SCENARIO [ARGUMENT]…
//
// FOLDER holds the pages and a folder `profile` of the browser; what is downloaded goes there too. The
// last line of standard output is what was seen, as JSON. Rust asserts.
import { faults, launch, launched, rest, scenario } from './driver.mjs';
import { coding } from './coding.mjs';
import { around } from './around.mjs';

const browser = await launch();
try {
  const result = await { ...coding, ...around }[scenario](browser, ...rest);
  for (const page of (await Promise.all(launched.map((one) => one.pages().catch(() => [])))).flat()) {
    const found = await page.evaluate(() => window.violations || []).catch(() => []);
    faults.push(...found.map((what) => 'policy: ' + what));
  }
  console.log(JSON.stringify({ ...result, faults }));
} finally {
  // Firefox now and then says that it is closed and lives on.
  for (const one of launched) {
    await one.close().catch(() => {});
    one.process()?.kill('SIGKILL');
  }
}
