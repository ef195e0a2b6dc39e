/// Names of files `NAME.conf` by which people choose presets and styles.
public enum ConfName {
    /// Whether bytes can be such a name: visible UTF-8 text of at most 100 bytes, no path, nothing hidden.
    public static func isName(_ bytes: [UInt8]) -> Bool {
        guard (1...100).contains(bytes.count), bytes.first != UInt8(ascii: "."), !bytes.contains(UInt8(ascii: "/")),
            let text = String(validating: bytes, as: UTF8.self)
        else { return false }
        return Escaping.line(text).utf8.elementsEqual(bytes)
    }
}
