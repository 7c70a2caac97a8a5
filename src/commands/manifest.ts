import { ConfigError } from '#src/core/errors.ts'
import { tellManifest } from './manifest/tell-manifest.ts'

/**
 * `npm run manifest -- slack [--url https://aeries.example]` or `npm run manifest -- discord`. Exit code 1: asked for neither, or
 * for something that cannot be.
 */

try {
  process.stdout.write(tellManifest(process.argv.slice(2)))
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
