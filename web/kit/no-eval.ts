import { z } from 'zod'

// zod tries to compile its parsers with `new Function`, which our content policy forbids and the browser reports.
// Imported before anything that makes a schema.
z.config({ jitless: true })
