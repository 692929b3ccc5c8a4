//! The rights table: one place from which the route matrix and the manual are made.

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $text:literal),* $(,)?) => {
        /// Something one may do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Permission { $($(#[$doc])* $name),* }

        impl Permission {
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The stable name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }
        }
    };
}

permissions! {
    /// Name, address, establishment, contact, size.
    OrganisationManage = "organisation-manage",
    UsersManage = "users-manage",
    TokensManage = "tokens-manage",
    /// Channels, escalation ladders, webhooks.
    NoticesManage = "notices-manage",
    FeedsManage = "feeds-manage",
    JournalRead = "journal-read",
    ProductsRead = "products-read",
    ProductsWrite = "products-write",
    ReleasesWrite = "releases-write",
    /// Freeze a release's evidence.
    ReleasesFreeze = "releases-freeze",
    SbomsUpload = "sboms-upload",
    FindingsRead = "findings-read",
    FindingsAssess = "findings-assess",
    CasesRead = "cases-read",
    /// Hand in a signal.
    SignalsWrite = "signals-write",
    /// Decide aware, watch or not reportable; change T0.
    CasesDecide = "cases-decide",
    /// Fill sheets and record what was filed.
    CasesFile = "cases-file",
    /// Make something public.
    TrustPublish = "trust-publish",
}

/// A set of permissions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PermissionSet(u32);

impl PermissionSet {
    pub fn of(list: &[Permission]) -> Self {
        Self(list.iter().fold(0, |bits, p| bits | 1 << *p as u32))
    }

    pub fn all() -> Self {
        Self::of(Permission::ALL)
    }

    pub fn contains(self, permission: Permission) -> bool {
        self.0 & (1 << permission as u32) != 0
    }

    /// Whether everything in `other` is in this set too: nobody grants more than this.
    pub fn contains_all(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// This set for somebody bound to one product: without what always speaks of all of them,
    /// which cases and the journal do.
    pub fn within_one_product(self) -> Self {
        let wide = Self::of(&[Permission::CasesRead, Permission::JournalRead]);
        Self(self.0 & !wide.0)
    }

    /// The names, in the order of the table.
    pub fn names(self) -> Vec<&'static str> {
        Permission::ALL
            .iter()
            .filter(|p| self.contains(**p))
            .map(|p| p.name())
            .collect()
    }
}

use Permission as P;

/// What a person is in an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Admin,
    Psirt,
    Compliance,
    Developer,
    Trust,
    Auditor,
}

impl Role {
    pub const ALL: [Self; 6] = [
        Self::Admin,
        Self::Psirt,
        Self::Compliance,
        Self::Developer,
        Self::Trust,
        Self::Auditor,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Psirt => "psirt",
            Self::Compliance => "compliance",
            Self::Developer => "developer",
            Self::Trust => "trust",
            Self::Auditor => "auditor",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    pub fn permissions(self) -> PermissionSet {
        let read = [P::ProductsRead, P::FindingsRead, P::CasesRead];
        let own: &[Permission] = match self {
            Self::Admin => Permission::ALL,
            Self::Psirt => &[
                P::ReleasesWrite,
                P::SbomsUpload,
                P::FindingsAssess,
                P::SignalsWrite,
                P::CasesDecide,
                P::CasesFile,
                P::FeedsManage,
                P::JournalRead,
            ],
            Self::Compliance => &[
                P::ProductsWrite,
                P::ReleasesWrite,
                P::ReleasesFreeze,
                P::SbomsUpload,
                P::SignalsWrite,
                P::CasesFile,
                P::JournalRead,
            ],
            Self::Developer => &[
                P::ReleasesWrite,
                P::SbomsUpload,
                P::FindingsAssess,
                P::SignalsWrite,
            ],
            Self::Trust => &[P::ProductsWrite, P::SignalsWrite, P::TrustPublish],
            Self::Auditor => &[P::JournalRead],
        };
        PermissionSet::of(&[read.as_slice(), own].concat())
    }
}

/// What a token may do; named as clients of compatible programs expect it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    BomUpload,
    ReleaseCreate,
    ProductsRead,
    ProductsWrite,
    FindingsRead,
    VexWrite,
    SignalsWrite,
    CasesRead,
    JournalRead,
}

impl Scope {
    pub const ALL: [Self; 9] = [
        Self::BomUpload,
        Self::ReleaseCreate,
        Self::ProductsRead,
        Self::ProductsWrite,
        Self::FindingsRead,
        Self::VexWrite,
        Self::SignalsWrite,
        Self::CasesRead,
        Self::JournalRead,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::BomUpload => "bom:upload",
            Self::ReleaseCreate => "release:create",
            Self::ProductsRead => "products:read",
            Self::ProductsWrite => "products:write",
            Self::FindingsRead => "findings:read",
            Self::VexWrite => "vex:write",
            Self::SignalsWrite => "signals:write",
            Self::CasesRead => "cases:read",
            Self::JournalRead => "journal:read",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }

    pub fn permissions(self) -> &'static [Permission] {
        match self {
            Self::BomUpload => &[P::SbomsUpload],
            Self::ReleaseCreate => &[P::ReleasesWrite],
            Self::ProductsRead => &[P::ProductsRead],
            Self::ProductsWrite => &[P::ProductsRead, P::ProductsWrite, P::ReleasesWrite],
            Self::FindingsRead => &[P::ProductsRead, P::FindingsRead],
            Self::VexWrite => &[P::FindingsRead, P::FindingsAssess],
            Self::SignalsWrite => &[P::SignalsWrite],
            Self::CasesRead => &[P::CasesRead],
            Self::JournalRead => &[P::JournalRead],
        }
    }
}
