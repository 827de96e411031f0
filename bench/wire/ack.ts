import { createServer } from 'node:net'
import { listenOn } from './child.ts'

// The limit of B1 and B2: answers every frame with the same 99 bytes and looks at none. What it costs is what the
// sockets cost.
const answer = '##0087QN=20251120093000001;ST=91;CN=9014;PW=123456;MN=330482A89000160000000001;Flag=4;CP=&&&&A1C0\r\n'
const most = 1000
const answers = Buffer.from(answer.repeat(most))
const lineFeed = 10

await listenOn(
  createServer({ allowHalfOpen: true, noDelay: true, keepAlive: true }, (socket) => {
    socket.on('data', (chunk) => {
      let frames = 0
      for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, at + 1)) frames += 1
      if (frames > 0) socket.write(answers.subarray(0, Math.min(frames, most) * answer.length))
    })
    socket.on('error', () => {})
  }),
)
