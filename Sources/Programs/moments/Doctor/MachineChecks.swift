internal import Glibc
internal import MomentsCore
internal import MomentsSettings
internal import MomentsSystem
internal import MomentsWorkers

/// Whether the machine has what the service asks of it: events of its file systems, a clock, a sandbox, codecs.
enum MachineChecks {
    static func findings(_ patient: Patient) -> [Finding] {
        fileSystems(patient) + watches(patient) + clock(patient) + sandbox(patient) + codecs(patient)
    }

    private static func fileSystems(_ patient: Patient) -> [Finding] {
        patient.folders.compactMap { key, folder in
            guard let number = try? Folder.fileSystemNumber(at: folder), number != 0 else { return nil }
            guard let kind = names[number] else { return nil }
            if key == "Inbox", kind.isRemote {
                return .note(
                    "file system",
                    "the inbox is on \(kind.name), where the kernel does not tell of others' changes: it is looked at "
                        + "every \(patient.settings.intake.pollInterval)"
                )
            }
            if key == "State", kind.isRemote {
                return .warning(
                    "file system",
                    "[Folders] State= (\(folder.display)) is on \(kind.name); what the service remembers belongs on a "
                        + "disk of this machine",
                    "sed -i '/^State=/d' /etc/momentsd/momentsd.conf && systemctl restart \(patient.unit)"
                )
            }
            if !kind.isSafe {
                return .warning(
                    "file system",
                    "[Folders] \(key)= (\(folder.display)) is on \(kind.name), which keeps no rights and may lose what "
                        + "was written last when the power fails"
                )
            }
            return nil
        }
    }

    // linux/magic.h; whether changes elsewhere raise no event here, and whether a rename survives a power cut.
    private static let names: [UInt64: (name: String, isRemote: Bool, isSafe: Bool)] = [
        0x6969: ("NFS", true, true), 0x517b: ("SMB", true, true), 0xff53_4d42: ("CIFS", true, true),
        0xfe53_4d42: ("SMB", true, true), 0x6573_5546: ("FUSE", true, true), 0x0102_1997: ("9p", true, true),
        0x4d44: ("FAT", false, false), 0x2011_bab0: ("exFAT", false, false), 0x0102_1994: ("tmpfs", false, false),
    ]

    private static func watches(_ patient: Patient) -> [Finding] {
        guard patient.settings.intake.watch != .poll,
            let most = number(in: "/proc/sys/fs/inotify/max_user_watches"),
            let folders = patient.lines("find", patient.settings.folders.inbox, "-xdev", "-type", "d")?.count
        else { return [] }
        let text = "the inbox has \(folders) folders, and a user may watch \(most)"
        if folders < most / 5 * 4 { return [.ok("inotify", text)] }
        let enough = max(524_288, folders * 4)
        return [
            .warning(
                "inotify",
                text + "; beyond that, folders are looked at in turn",
                "echo fs.inotify.max_user_watches=\(enough) > /etc/sysctl.d/60-momentsd.conf && sysctl --system"
            )
        ]
    }

    private static func number(in file: FilePath) -> Int? {
        let bytes = (try? Descriptor.open(file, O_RDONLY).read(64, at: 0, of: file)) ?? []
        return Int(String(decoding: bytes, as: UTF8.self).filter(\.isNumber))
    }

    private static func clock(_ patient: Patient) -> [Finding] {
        // Without a service manager there is nobody to ask.
        guard let answer = patient.lines("timedatectl", "show", "-p", "NTPSynchronized", "--value")?.first else {
            return []
        }
        if answer == "yes" { return [.ok("clock", "the clock is kept right")] }
        return [
            .note(
                "clock",
                "nobody keeps this machine's clock right; times in manifests and the order of videos follow it",
                "apt-get install -y systemd-timesyncd && timedatectl set-ntp true"
            )
        ]
    }

    private static func sandbox(_ patient: Patient) -> [Finding] {
        let gaps = Sandbox.offered.gaps
        if gaps.isEmpty {
            return [.ok("sandbox", "workers can be shut in wholly: Landlock and a filter of system calls")]
        }
        return gaps.map { gap in
            let remedy = "apt-get install -y linux-image-amd64   # 6.1 or newer, then restart the machine"
            return patient.settings.workers.sandbox == .required
                ? .fault("sandbox", gap, remedy) : .warning("sandbox", gap, remedy)
        }
    }

    /// What the worker itself says it can read and write.
    private static func codecs(_ patient: Patient) -> [Finding] {
        let named = getenv("MOMENTS_WORKER").map { FilePath(String(cString: $0)) }
        let worker = named ?? patient.settings.workers.program ?? WorkerCommand.besideUs ?? "moments-worker"
        guard let lines = patient.lines(worker, "--codecs") else {
            return [
                .fault(
                    "codecs",
                    "the worker \(worker.display) does not tell what it can read and write",
                    "apt-get install --reinstall momentsd && ldd \(Patient.quoted(worker)) | grep 'not found'"
                )
            ]
        }
        let missing = lines.compactMap { line in line.hasPrefix("missing ") ? String(line.dropFirst(8)) : nil }
        if missing.isEmpty { return [.ok("codecs", "all \(lines.count) codecs are there that are read and written")] }
        return missing.map { codec in
            let text = "this machine's libavcodec has no \(Escaping.line(codec))"
            let remedy = "apt-get install --reinstall libavcodec59"
            return codec.hasPrefix("encoder") ? .fault("codecs", text, remedy) : .warning("codecs", text, remedy)
        }
    }
}
