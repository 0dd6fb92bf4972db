/// The hash function SHA-256 (FIPS 180-4, sections 4.1.2, 5.1.1, 5.3.3 and 6.2).
///
/// It is written here since the program links no library of cryptography: it names texts, and guards nothing.
package enum SHA256 {
  /// The hash of bytes, as 64 lower-case hexadecimal digits.
  package static func hexDigest(of bytes: [UInt8]) -> String { hexDigest(of: bytes[...]) }

  /// The hash of some of the bytes of an array, as 64 lower-case hexadecimal digits.
  ///
  /// Of an array, and not of any collection: every explanation names the text that it is about, and bytes that
  /// are reached through a protocol take longer than deciding.
  package static func hexDigest(of bytes: ArraySlice<UInt8>) -> String {
    let rounds = constants
    var state = initialState
    var schedule = [UInt32](repeating: 0, count: 64)
    var block = bytes.startIndex
    for _ in 0..<bytes.count / 64 {
      compress(bytes[block..<block + 64], into: &state, &schedule, rounds)
      block += 64
    }
    // The message, a one bit, zeros, and the length in bits: whole blocks together.
    var rest = Array(bytes[block...]) + [0x80]
    rest += repeatElement(0, count: (120 - rest.count % 64) % 64)
    let bitCount = UInt64(bytes.count) * 8
    rest += (0..<8).map { UInt8(truncatingIfNeeded: bitCount >> (56 - 8 * $0)) }
    for start in stride(from: 0, to: rest.count, by: 64) {
      compress(rest[start..<start + 64], into: &state, &schedule, rounds)
    }
    return (0..<8).map { hexadecimal(state[$0]) }.joined()
  }

  /// Takes a block of 64 bytes into the state.
  private static func compress(
    _ block: ArraySlice<UInt8>, into state: inout SIMD8<UInt32>, _ schedule: inout [UInt32],
    _ rounds: [UInt32]
  ) {
    var byte = block.startIndex
    for index in 0..<16 {
      var word: UInt32 = 0
      for _ in 0..<4 {
        word = word &<< 8 | UInt32(block[byte])
        byte &+= 1
      }
      schedule[index] = word
    }
    for index in 16..<64 {
      let (early, late) = (schedule[index &- 15], schedule[index &- 2])
      let mixed0 = rotated(early, 7) ^ rotated(early, 18) ^ early &>> 3
      let mixed1 = rotated(late, 17) ^ rotated(late, 19) ^ late &>> 10
      schedule[index] = schedule[index &- 16] &+ mixed0 &+ schedule[index &- 7] &+ mixed1
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for index in 0..<64 {
      let sum1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
      let choice = (e & f) ^ (~e & g)
      let first = h &+ sum1 &+ choice &+ rounds[index] &+ schedule[index]
      let sum0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
      let majority = (a & b) ^ (a & c) ^ (b & c)
      (h, g, f, e) = (g, f, e, d &+ first)
      (d, c, b, a) = (c, b, a, first &+ sum0 &+ majority)
    }
    state &+= SIMD8(a, b, c, d, e, f, g, h)
  }

  private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word &>> count | word &<< (32 &- count)
  }

  private static func hexadecimal(_ word: UInt32) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  /// The first 32 bits of the fractions of the square roots of the first 8 primes.
  private static let initialState = SIMD8<UInt32>(
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19)

  /// The first 32 bits of the fractions of the cube roots of the first 64 primes.
  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]
}
