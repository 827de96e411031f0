// @vitest-environment node
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { makeSingleFile } from './single-file.ts'

/** OpenSSL's digest, as a browser would reckon it from the text between the tags. */
const digestOf = (text: string) =>
  execFileSync('openssl', ['dgst', '-sha256', '-binary'], { input: text }).toString('base64')

test('the page is one file: it names nothing to fetch, and its policy lets only its own script and style run', async () => {
  const page = await makeSingleFile()
  const links = [...page.split('<script>')[0]!.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, link]) => link)
  expect(links).toEqual(['data:,'])
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]
  const within = (tag: string) => page.split(`<${tag}>`)[1]!.split(`</${tag}>`)[0]!
  expect(policy).toBe(
    `default-src 'none'; script-src 'sha256-${digestOf(within('script'))}'; style-src 'sha256-${digestOf(within('style'))}'; img-src data:; base-uri 'none'; form-action 'none'`,
  )
}, 120_000)
