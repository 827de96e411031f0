/** Where a device speaks and where it listens. `number` is its number in the register. */
export const upTopic = (number: string) => `plumbline/v1/${number}/up`
export const downTopic = (number: string) => `plumbline/v1/${number}/down`
/** Every device's, for one that listens to an outside broker. */
export const allUp = 'plumbline/v1/+/up'

/** The number in an up topic, or undefined for any other topic. */
export const numberOfUp = (topic: string): string | undefined =>
  /^plumbline\/v1\/([0-9A-Za-z]{1,24})\/up$/.exec(topic)?.[1]
