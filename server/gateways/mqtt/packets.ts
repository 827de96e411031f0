import type { Socket } from 'node:net'

/** Whether a stream of MQTT packets stays within `most` bytes a packet, by the lengths they declare (MQTT 3.1.1, 2.2.3). */
export function packetMeter(most: number): (chunk: Uint8Array) => boolean {
  let left = 0
  let length = 0
  let digits = -1
  return (chunk) => {
    for (let at = 0; at < chunk.length;) {
      if (left > 0) {
        const step = Math.min(left, chunk.length - at)
        left -= step
        at += step
      } else if (digits < 0) {
        // The first byte: type and flags. The remaining length follows, seven bits a byte, at most four bytes.
        digits = 0
        length = 0
        at += 1
      } else {
        const byte = chunk[at]!
        length += (byte & 127) * 128 ** digits
        digits += 1
        at += 1
        if (length > most || (digits === 4 && byte > 127)) return false
        if (byte < 128) {
          left = length
          digits = -1
        }
      }
    }
    return true
  }
}

/** Closes a socket that declares a packet longer than `most` bytes, before anything of it is gathered. */
export function boundPackets(socket: Socket, most: number): void {
  const within = packetMeter(most)
  // The broker takes what it reads by read() alone: this is the one place where every byte passes.
  const read = socket.read.bind(socket)
  socket.read = (size?: number) => {
    const chunk = read(size) as Buffer | null
    if (chunk === null || within(chunk)) return chunk
    socket.destroy()
    return null
  }
}
