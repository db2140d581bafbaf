//! The functions of the token server, by their names.

/// The functions that clients call here. Their names are reserved: no manager may use them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// See [`TokenServer::login_unique`](super::TokenServer::login_unique).
    LoginUnique,
    /// See [`TokenServer::login`](super::TokenServer::login).
    Login,
    /// See [`TokenServer::bind_account`](super::TokenServer::bind_account).
    BindAccount,
}

impl Function {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::LoginUnique, Self::Login, Self::BindAccount];

    /// The name that clients send, and the path of the HTTP endpoint.
    pub fn name(self) -> &'static str {
        match self {
            Self::LoginUnique => "login_unique",
            Self::Login => "login",
            Self::BindAccount => "bind_account",
        }
    }

    /// The function of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|function| function.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_found_by_its_name() {
        for function in Function::ALL {
            assert_eq!(Function::named(function.name()), Some(function));
        }
        assert_eq!(Function::named("validate"), None);
        assert_eq!(Function::named("Login"), None);
    }
}
