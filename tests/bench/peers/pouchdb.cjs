// PouchDB's own server (express-pouchdb on LevelDB) and its replication: documents without encryption.
'use strict';
const { spawn } = require('node:child_process');
const { randomBytes } = require('node:crypto');
const { mkdtempSync, mkdirSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');

const serve = (folder, port) => {
  const PouchDB = require('pouchdb').defaults({ prefix: folder + path.sep });
  const app = require('express')();
  process.chdir(folder);
  app.use('/', require('express-pouchdb')(PouchDB, { mode: 'minimumForPouchDB', inMemoryConfig: true }));
  app.listen(port, '127.0.0.1', () => process.stdout.write('ready\n'));
};

const measure = async (count, size, port) => {
  const PouchDB = require('pouchdb');
  const folder = mkdtempSync(path.join(tmpdir(), 'pouch-'));
  for (const name of ['server', 'desks']) mkdirSync(path.join(folder, name));
  const server = spawn(process.execPath, [__filename, 'serve', path.join(folder, 'server'), String(port)]);
  try {
    await new Promise((done) => server.stdout.once('data', done));
    const local = new PouchDB(path.join(folder, 'desks', 'a'));
    for (let at = 0; at < count; at += 500) {
      const some = Math.min(500, count - at);
      await local.bulkDocs(
        Array.from({ length: some }, () => ({
          _id: randomBytes(16).toString('hex'),
          text: randomBytes(size / 2).toString('hex'),
        })),
      );
    }
    const remote = new PouchDB(`http://127.0.0.1:${port}/records`);
    const options = { batch_size: 200 };
    let began = process.hrtime.bigint();
    await local.replicate.to(remote, options);
    const push = Number(process.hrtime.bigint() - began) / 1e9;
    const other = new PouchDB(path.join(folder, 'desks', 'b'));
    began = process.hrtime.bigint();
    await other.replicate.from(remote, options);
    const pull = Number(process.hrtime.bigint() - began) / 1e9;
    const there = (await other.info()).doc_count;
    if (there !== count) throw new Error(`${there} of ${count} arrived`);
    process.stdout.write(JSON.stringify({ push: count / push, pull: count / pull }) + '\n');
  } finally {
    server.kill();
  }
};

if (process.argv[2] === 'serve') serve(process.argv[3], Number(process.argv[4]));
else
  measure(Number(process.argv[2]), Number(process.argv[3]), Number(process.argv[4])).then(
    () => process.exit(0),
    (error) => {
      process.stderr.write(`${error.stack}\n`);
      process.exit(1);
    },
  );
