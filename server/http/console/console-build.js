// The pages as `npm run build` leaves them. A file of its own so that the bundler finds them, the type checker reads
// the declaration beside it, and nothing is loaded before somebody opens the console.
export * from '../../../build/server/index.js'
