import { type Ctx, read, systemContext } from '../base/context.ts'
import type { House } from '../base/house.ts'
import { noteAllDisconnected } from '../rooms/device/index.ts'
import { catchUpLatest, dropUnsent } from '../rooms/telemetry/index.ts'
import { requireDurable, watchIntake } from './health.ts'
import { type Limits as Hj212Limits, startHj212 } from './hj212/index.ts'
import { openIntake } from './intake.ts'
import { startModbus } from './modbus/index.ts'
import { type Limits as MqttLimits, startMqtt } from './mqtt/index.ts'
import type { PushDoor } from './push/index.ts'

export interface Gateways {
  /** The port that HJ 212 devices reach. */
  hj212Port: number
  /** Of our own MQTT broker; null with an outside one. */
  mqttPort: number | null
  /**
   * What is otherwise done every second is done now: meters are asked, counters and newest values are written, and what
   * follows from everything taken is carried out. For a house whose clock is led by hand.
   */
  pass(): Promise<void>
  /** Stops listening, settles what was taken, closes every socket. Before the pool closes. */
  stop(): Promise<void>
}

/** What a test makes smaller than usual. */
export interface GivenLimits {
  hj212?: Partial<Hj212Limits>
  mqtt?: Partial<MqttLimits>
}

/** What the house gives to its gateways. */
export interface Doors {
  house: House
  push: PushDoor
}

/** Opens the doors for devices: whatever their protocol, all frames pass one intake. */
export async function startGateways({ house, push }: Doors, given: GivenLimits = {}): Promise<Gateways> {
  await requireDurable(house)
  const dispatches: ((ctx: Ctx) => Promise<void>)[] = []
  const intake = openIntake(house, async (ctx) => {
    for (const dispatch of dispatches) await dispatch(ctx)
  })
  const ctx = await systemContext(house)
  await dropUnsent(ctx)
  await read(ctx, noteAllDisconnected)
  // Beside the doors: nobody waits at them for what a crash left unwritten.
  const caughtUp = read(ctx, (tx) => catchUpLatest(ctx, tx)).catch((error: unknown) =>
    house.log.error({ err: error }, 'the newest values could not be caught up'),
  )
  house.checks.set('ingest', () => watchIntake(intake))

  const { hj212Port, mqttPort } = house.settings
  const hj212 = await startHj212(house, intake, given.hj212).catch(namePort('HJ212_PORT', hj212Port))
  const mqtt = await startMqtt(house, intake, given.mqtt).catch(namePort('MQTT_PORT', mqttPort))
  push.open(intake)
  const modbus = startModbus(house, intake)
  dispatches.push(hj212.dispatch, mqtt.dispatch)
  return {
    hj212Port: hj212.port,
    mqttPort: mqtt.port,
    pass: async () => {
      await modbus.ask()
      await intake.drain()
    },
    stop: async () => {
      push.shut()
      await Promise.all([hj212.stop(), mqtt.stop(), modbus.stop()])
      await caughtUp
      house.checks.delete('ingest')
      await intake.close()
    },
  }
}

/** A port that somebody else has is named, and the setting that moves it. */
const namePort = (setting: string, port: number) => (error: NodeJS.ErrnoException) => {
  throw error.code === 'EADDRINUSE' ? new Error(`端口 ${port} 已被占用，请用 ${setting} 另选一个`) : error
}
