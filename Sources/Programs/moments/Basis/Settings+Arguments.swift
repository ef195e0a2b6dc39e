internal import MomentsCore
internal import MomentsSettings

extension Settings {
    /// The configuration that `--config` names, else the daemon's, or the built-in values where that cannot be read.
    ///
    /// - Throws: `Failure` where the named one cannot be read.
    static func named(by arguments: Arguments) throws(Failure) -> Settings {
        let named = arguments.path("--config")
        do {
            let (settings, notes) = try Settings.load(named)
            if named != nil { for note in notes { Output.complain("note: \(note)") } }
            return settings
        } catch {
            if named != nil { throw Failure("\(error)", code: .usage) }
            // The daemon's configuration may be none of this person's business.
            Output.complain("note: \(error); going on with the built-in values")
            return Settings()
        }
    }
}
