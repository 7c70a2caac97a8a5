// Runs a file under Node 24 or newer: `node run.cjs FILE ...`. Every Node understands this file.
// npm's scripts find Node 24 in node_modules/.bin, unless an npm before 11.10 or so has installed it: when that one leaves
// out the builds of Node for other platforms, it takes the link to the right one away with them. The build itself stays.
const { spawn } = require('node:child_process')
const { existsSync, readdirSync } = require('node:fs')
const { enableCompileCache } = require('node:module')
const { delimiter, dirname, join, resolve } = require('node:path')
const { pathToFileURL } = require('node:url')

const oldest = 24
const shellLookMs = 250
// What Node makes of the files is kept: the next start takes half the time, and after a crash people wait for that.
const compiled = process.env.NODE_COMPILE_CACHE || join(__dirname, 'node_modules', '.cache', 'node')
const [file = '', ...args] = process.argv.slice(2)

if (Number.parseInt(process.versions.node, 10) >= oldest) {
  followShell(() => process.kill(process.pid, 'SIGTERM'))
  process.argv.splice(1, 2, resolve(file))
  enableCompileCache(compiled)
  void import(pathToFileURL(resolve(file)).href)
} else {
  const node = findNode()
  if (node) runUnder(node)
  else {
    process.stderr.write(`Aeries needs Node ${oldest}, this is ${process.versions.node}. "npm ci" brings it along.\n`)
    process.exitCode = 1
  }
}

/** The build that npm installed: of all those in package.json only the one for this platform. */
function findNode() {
  const modules = join(__dirname, 'node_modules')
  const packages = existsSync(modules) ? readdirSync(modules).filter(name => name.startsWith('node-')) : []
  return packages
    .map(name => join(modules, name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'))
    .find(path => existsSync(path))
}

function runUnder(node) {
  const PATH = `${dirname(node)}${delimiter}${process.env.PATH}`
  const child = spawn(node, [file, ...args], {
    stdio: 'inherit',
    env: { ...process.env, PATH, NODE_COMPILE_CACHE: compiled },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // A terminal's Ctrl-C reaches the child by itself; what is sent to this process alone is handed on.
    process.on(signal, () => signal === 'SIGINT' || child.kill(signal))
  }
  followShell(() => child.kill('SIGTERM'))
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? code : 1
  })
}

/** npm hands SIGTERM to the shell that it ran this in: the shell dies of it and tells nobody, so whoever loses it was meant, too. */
function followShell(onGone) {
  if (!process.env.npm_lifecycle_script?.startsWith(`node run.cjs ${file}`)) return
  const shell = process.ppid
  const look = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(look)
    onGone()
  }, shellLookMs)
  look.unref()
}
