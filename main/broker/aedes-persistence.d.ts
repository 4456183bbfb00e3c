declare module 'aedes-persistence/asyncPersistence.js' {
  export { default } from 'aedes-persistence/types/asyncPersistence';
}
