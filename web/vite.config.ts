import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { singleFile } from './offline/single-file.ts'

const root = import.meta.dirname

/** In development the pages live below one address each, as the server serves the built ones: /field…, the offline page and all the rest. */
const entries: Plugin = {
  name: 'plumbline-entries',
  configureServer(server) {
    server.middlewares.use((request, _, next) => {
      const wantsPage = request.headers.accept?.includes('text/html') && !request.url?.startsWith('/api')
      const isAt = (path: string) => new RegExp(`^/${path}(/|\\?|$)`).test(request.url ?? '')
      if (wantsPage)
        request.url = isAt('field') ? '/field.html' : isAt('verify.html') ? '/offline/verify.html' : '/console.html'
      next()
    })
  },
}

export default defineConfig({
  root,
  base: '/',
  plugins: [react(), entries, singleFile('verify.html')],
  // A second copy of React, pulled in by an older library's peers, would break every hook.
  resolve: { dedupe: ['react', 'react-dom'] },
  server: { host: '127.0.0.1', proxy: { '/api': `http://127.0.0.1:${process.env['PORT'] ?? 8080}` } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // The map library is one file of about a megabyte and comes only with the first map.
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: { console: `${root}/console.html`, field: `${root}/field.html` },
      // kit/no-eval.ts must have run before any schema is made, in whichever chunk that is: it goes where zod goes.
      output: { codeSplitting: { groups: [{ name: 'zod', test: /node_modules[\\/]zod|kit[\\/]no-eval/ }] } },
    },
  },
})
