package demo

import io.fabric8.kubernetes.client.ConfigBuilder

object Decoys {
  def kubernetes() = new ConfigBuilder().setClientKeyFile("keys/client.json").setPassword("Sup3rS3cret")
  def redis(config: RedisConfig) = config.setClientKeyFile("keys/redis.json").setPassword("Sup3rS3cret")
}
