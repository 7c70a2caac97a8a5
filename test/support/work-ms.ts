/**
 * How long this thread was at work until `job` was done, in milliseconds: neither a machine that stands still nor whoever else is
 * busy on it is in that.
 */
export async function workMs(job: () => unknown): Promise<number> {
  const before = process.threadCpuUsage()
  await job()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1_000
}
