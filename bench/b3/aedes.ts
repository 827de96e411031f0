import { createServer } from 'node:net'
import { Aedes } from 'aedes'
import { listenOn } from '../wire/child.ts'

// The broker that we embed, alone: no register, no rules, no database. It acknowledges what it has in memory.
const broker = await Aedes.createBroker({ maxClientsIdLength: 64 })
await listenOn(createServer({ noDelay: true }, (socket) => broker.handle(socket)))
