import sharp from 'sharp'

/** A picture of one colour, to be written in any format. */
export const blank = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#7a8' } })
export const jpeg = await blank(64, 48).jpeg().toBuffer()
export const photograph = await blank(640, 480)
  .withExif({
    IFD0: { Make: 'HUAWEI', Model: 'MATE 60' },
    IFD2: { DateTimeOriginal: '2026:11:20 09:32:05', OffsetTimeOriginal: '+08:00' },
    IFD3: {
      GPSLatitudeRef: 'N',
      GPSLatitude: '28/1 8/1 1723/100',
      GPSLongitudeRef: 'E',
      GPSLongitude: '120/1 17/1 1957/100',
    },
  })
  .jpeg()
  .toBuffer()
export const zeros = Buffer.alloc(1024 * 1024)
/** Bytes as they are spelt. */
export const text = (value: string) => Buffer.from(value, 'latin1')
