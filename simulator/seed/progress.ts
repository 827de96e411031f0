const stepMillis = 1000

/** Runs `work` over a list, four at a time in the order given, and tells how far it has come: 项目 40/170. */
export async function each<T, R>(title: string, list: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  let done = 0
  let told = Date.now()
  const results = await inTurns(list, async (item) => {
    const result = await work(item)
    done += 1
    if (Date.now() - told >= stepMillis && done < list.length) {
      told = Date.now()
      say(`${title} ${done}/${list.length}`)
    }
    return result
  })
  if (list.length > 0) say(`${title} ${list.length}/${list.length}`)
  return results
}

export const say = (line: string): void => console.log(`  ${line}`)

const atOnce = 4

/** Four workers take from one list. The first failure is thrown once all have put down what they held. */
export async function inTurns<T, R>(list: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const failures: unknown[] = []
  let next = 0
  const worker = async () => {
    while (next < list.length && failures.length === 0) {
      const at = next++
      try {
        results[at] = await work(list[at]!)
      } catch (error) {
        failures.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  if (failures.length > 0) throw failures[0]
  return results
}
